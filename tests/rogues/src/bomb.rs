//! Core modules that are small and valid, and take a compiler minutes.
//!
//! Loops within loops, and in the innermost one every local is changed: the compiler has to carry every local through the head of
//! every loop, so that its work grows with the product of both while the bytes grow with their sum. The same with blocks within blocks
//! and tables of branches that leave each of them: an edge for every branch, and every local on every edge.

use crate::bytes::{number, section};

const TYPES: u8 = 1;
const FUNCTIONS: u8 = 3;
const CODE: u8 = 10;

const I32: u8 = 0x7F;
const NO_RESULT: u8 = 0x40;
const BLOCK: u8 = 0x02;
const LOOP: u8 = 0x03;
const END: u8 = 0x0B;
const BR_IF: u8 = 0x0D;
const BR_TABLE: u8 = 0x0E;
const LOCAL_GET: u8 = 0x20;
const LOCAL_SET: u8 = 0x21;
const I32_CONST: u8 = 0x41;
const I32_ADD: u8 = 0x6A;

/// A module of equal functions, each with so many locals and so many loops within each other.
pub(crate) fn module(functions: usize, locals: usize, loops: usize) -> Vec<u8> {
    module_of(functions, &body(locals, loops))
}

/// A module of equal functions, each with so many locals and blocks within each other, and so many tables of branches to all of them.
pub(crate) fn branching_module(functions: usize, locals: usize, blocks: usize, tables: usize) -> Vec<u8> {
    module_of(functions, &branching_body(locals, blocks, tables))
}

fn module_of(functions: usize, body: &[u8]) -> Vec<u8> {
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    // One type: nothing in, nothing out.
    section(&mut module, TYPES, &[1, 0x60, 0, 0]);
    let mut declared = Vec::new();
    number(&mut declared, functions);
    declared.extend(std::iter::repeat_n(0, functions));
    section(&mut module, FUNCTIONS, &declared);
    let mut code = Vec::new();
    number(&mut code, functions);
    for _ in 0..functions {
        number(&mut code, body.len());
        code.extend_from_slice(body);
    }
    section(&mut module, CODE, &code);
    module
}

fn body(locals: usize, loops: usize) -> Vec<u8> {
    // One group of locals of one type.
    let mut body = vec![1];
    number(&mut body, locals);
    body.push(I32);
    for _ in 0..loops {
        body.extend([LOOP, NO_RESULT]);
    }
    for local in 0..locals {
        change(&mut body, local);
    }
    for _ in 0..loops {
        body.extend([LOCAL_GET, 0, BR_IF, 0, END]);
    }
    body.push(END);
    body
}

fn branching_body(locals: usize, blocks: usize, tables: usize) -> Vec<u8> {
    let mut body = vec![1];
    number(&mut body, locals);
    body.push(I32);
    // The first block is where every local changes before the next table; each block's end does so again.
    body.extend([LOOP, NO_RESULT]);
    for _ in 0..blocks {
        body.extend([BLOCK, NO_RESULT]);
    }
    for table in 0..tables {
        // Whatever follows a table of branches is reached only through a block of its own.
        body.extend([BLOCK, NO_RESULT]);
        for local in 0..locals {
            change(&mut body, local);
        }
        body.extend([LOCAL_GET, 0, BR_IF, 0, LOCAL_GET]);
        number(&mut body, table % locals);
        body.push(BR_TABLE);
        number(&mut body, blocks);
        for block in 0..=blocks {
            // One deeper than the blocks themselves: the table stands in a block of its own.
            number(&mut body, block + 1);
        }
        body.push(END);
    }
    for block in 0..blocks {
        body.push(END);
        change(&mut body, block % locals);
    }
    body.extend([LOCAL_GET, 0, BR_IF, 0, END, END]);
    body
}

/// Adds one to a local.
fn change(body: &mut Vec<u8>, local: usize) {
    body.push(LOCAL_GET);
    number(body, local);
    body.extend([I32_CONST, 1, I32_ADD, LOCAL_SET]);
    number(body, local);
}

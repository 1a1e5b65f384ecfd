//! A core module that is small and valid, and takes a compiler minutes.
//!
//! Loops within loops, and in the innermost one every local is changed: the compiler has to carry every local through the head of
//! every loop, so that its work grows with the product of both while the bytes grow with their sum.

use crate::bytes::{number, section};

const TYPES: u8 = 1;
const FUNCTIONS: u8 = 3;
const CODE: u8 = 10;

const I32: u8 = 0x7F;
const NO_RESULT: u8 = 0x40;
const LOOP: u8 = 0x03;
const END: u8 = 0x0B;
const BR_IF: u8 = 0x0D;
const LOCAL_GET: u8 = 0x20;
const LOCAL_SET: u8 = 0x21;
const I32_CONST: u8 = 0x41;
const I32_ADD: u8 = 0x6A;

/// A module of equal functions, each with so many locals and so many loops within each other.
pub(crate) fn module(functions: usize, locals: usize, loops: usize) -> Vec<u8> {
    let mut module = b"\0asm\x01\0\0\0".to_vec();
    // One type: nothing in, nothing out.
    section(&mut module, TYPES, &[1, 0x60, 0, 0]);
    let mut declared = Vec::new();
    number(&mut declared, functions);
    declared.extend(std::iter::repeat_n(0, functions));
    section(&mut module, FUNCTIONS, &declared);
    let body = body(locals, loops);
    let mut code = Vec::new();
    number(&mut code, functions);
    for _ in 0..functions {
        number(&mut code, body.len());
        code.extend_from_slice(&body);
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
        body.push(LOCAL_GET);
        number(&mut body, local);
        body.extend([I32_CONST, 1, I32_ADD, LOCAL_SET]);
        number(&mut body, local);
    }
    for _ in 0..loops {
        body.extend([LOCAL_GET, 0, BR_IF, 0, END]);
    }
    body.push(END);
    body
}

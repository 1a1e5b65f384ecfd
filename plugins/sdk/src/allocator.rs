//! Memory for an instance that lives for one call: blocks are laid one after the other, and only the last one is ever taken back.
#![expect(unsafe_code, reason = "an allocator hands out raw memory")]

use std::alloc::{GlobalAlloc, Layout};
use std::arch::wasm32::{memory_grow, memory_size};
use std::cell::UnsafeCell;
use std::ptr;

const PAGE_BYTES: usize = 65_536;
/// How far memory grows at least, so that growing is rare; a page that nobody touches costs nothing.
const GROWTH_PAGES: usize = 16;

#[global_allocator]
static ALLOCATOR: Bump = Bump { state: UnsafeCell::new(State { top: 0, end: 0, touched: 0 }) };

struct Bump {
    state: UnsafeCell<State>,
}

struct State {
    /// The end of the last block; 0 before the first one.
    top: usize,
    /// The end of memory.
    end: usize,
    /// Whatever lies behind it was never handed out and is still zero.
    touched: usize,
}

// SAFETY: a component has one thread.
unsafe impl Sync for Bump {}

unsafe extern "C" {
    /// The linker's name for the end of the constant data and the stack.
    static __heap_base: u8;
}

// SAFETY: blocks lie one after the other between the heap's base and the end of memory, aligned as asked, and never overlap: `top` only
// sinks to the start of the last block when that very block is given back.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: one thread, and no reference outlives a call.
        let state = unsafe { &mut *self.state.get() };
        state.alloc(layout)
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        let state = unsafe { &mut *self.state.get() };
        let touched = state.touched;
        let block = state.alloc(layout);
        if !block.is_null() {
            let used = touched.saturating_sub(block as usize).min(layout.size());
            // SAFETY: the block has at least `used` bytes.
            unsafe { ptr::write_bytes(block, 0, used) };
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        let state = unsafe { &mut *self.state.get() };
        if block as usize + layout.size() == state.top {
            state.top = block as usize;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        let state = unsafe { &mut *self.state.get() };
        let start = block as usize;
        if start + layout.size() == state.top {
            return if state.reach(start, size) { block } else { ptr::null_mut() };
        }
        if size <= layout.size() {
            return block;
        }
        // SAFETY: the caller vouches that the layout with the new size is valid.
        let moved = state.alloc(unsafe { Layout::from_size_align_unchecked(size, layout.align()) });
        if !moved.is_null() {
            // SAFETY: the new block is larger than the old one and does not overlap it.
            unsafe { ptr::copy_nonoverlapping(block, moved, layout.size()) };
        }
        moved
    }
}

impl State {
    fn alloc(&mut self, layout: Layout) -> *mut u8 {
        if self.top == 0 {
            self.top = &raw const __heap_base as usize;
            self.touched = self.top;
            self.end = memory_size(0) * PAGE_BYTES;
        }
        let Some(start) = self.top.checked_next_multiple_of(layout.align()) else { return ptr::null_mut() };
        if self.reach(start, layout.size()) { start as *mut u8 } else { ptr::null_mut() }
    }

    /// Makes a block from `start` the last one, growing memory where it must.
    fn reach(&mut self, start: usize, size: usize) -> bool {
        let Some(top) = start.checked_add(size) else { return false };
        if top > self.end && !self.grow(top - self.end) {
            return false;
        }
        self.top = top;
        self.touched = self.touched.max(top);
        true
    }

    /// Grows by a good step, or, where the host does not admit that, by what is needed.
    fn grow(&mut self, bytes: usize) -> bool {
        let needed = bytes.div_ceil(PAGE_BYTES);
        let generous = needed.max(GROWTH_PAGES);
        let grown = [generous, needed].into_iter().find(|&pages| memory_grow(0, pages) != usize::MAX);
        grown.is_some_and(|pages| {
            self.end += pages * PAGE_BYTES;
            true
        })
    }
}

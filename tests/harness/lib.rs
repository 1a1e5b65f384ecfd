//! What the scenarios drive: the real binary, real databases, the people who use them.

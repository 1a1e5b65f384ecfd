//! demo-pack

//! Whether loops are compiled several times over, of which the program takes what the processor can do: `cfg(wide)`. Not on
//! other processors than x86-64, not with the feature `generic`, and not where the whole build is for AVX2 already
//! (`-C target-cpu=native`): there the plain loops are compiled for it, and functions with instructions of their own could
//! only be called as unsafe ones.

fn main() {
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    let avx2 = of("CARGO_CFG_TARGET_FEATURE").split(',').any(|feature| feature == "avx2");
    let generic = std::env::var_os("CARGO_FEATURE_GENERIC").is_some();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(wide)");
    if of("CARGO_CFG_TARGET_ARCH") == "x86_64" && !generic && !avx2 {
        println!("cargo::rustc-cfg=wide");
    }
}

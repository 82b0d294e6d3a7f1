//! Pixels to PNG, in memory. Charts are flat colours: each row is written as its difference from the row
//! above, which is nearly all zeros, and a plain search for repeats makes that small enough.

/// RGB rows of `width` pixels as a PNG file.
pub fn encode(rgb: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    // Eight bits a channel, RGB, deflate, filters by row, not interlaced.
    head.extend([8, 2, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &head);
    chunk(&mut file, b"IDAT", &zlib(&differences(rgb, width as usize * 3)));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// Each row under filter 2 ("up"): its bytes less those above.
fn differences(rgb: &[u8], stride: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rgb.len() + rgb.len() / stride.max(1));
    let mut above = vec![0; stride];
    for row in rgb.chunks_exact(stride) {
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(now, before)| now.wrapping_sub(*before)));
        above.copy_from_slice(row);
    }
    out
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(kind);
    file.extend(data);
    let sum = crc32(&file[start..]);
    file.extend(sum.to_be_bytes());
}

/// Deflate (RFC 1951) in one block of fixed codes, in a zlib frame (RFC 1950).
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut bits = Bits { out: vec![0x78, 0x01], held: 0, count: 0 };
    bits.low_first(0b011, 3);
    // Where four bytes of each hash were last seen.
    let mut seen = vec![usize::MAX; 1 << HASH_BITS];
    let mut at = 0;
    while at < data.len() {
        // A pixel like the one before it, or whatever last began with the same four bytes.
        let (length, distance) = [at.checked_sub(3), slot(data, at).map(|s| seen[s])]
            .into_iter()
            .flatten()
            .filter(|&from| from < at && at - from <= WINDOW)
            .map(|from| (alike(data, from, at), at - from))
            .max_by_key(|&(length, distance)| (length, usize::MAX - distance))
            .unwrap_or((0, 0));
        let step = if length >= 4 { length } else { 1 };
        if length >= 4 {
            bits.repeat(length as u32, distance as u32);
        } else {
            bits.literal(u32::from(data[at]));
        }
        for i in at..at + step {
            if let Some(slot) = slot(data, i) {
                seen[slot] = i;
            }
        }
        at += step;
    }
    bits.literal(256);
    let mut out = bits.close();
    out.extend(adler32(data).to_be_bytes());
    out
}

const HASH_BITS: u32 = 15;
const WINDOW: usize = 32_768;
const LONGEST: usize = 258;

fn slot(data: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = data.get(at..at + 4)?.try_into().ok()?;
    Some((u32::from_le_bytes(four).wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)) as usize)
}

/// How many bytes from `at` are those from `from`.
fn alike(data: &[u8], from: usize, at: usize) -> usize {
    data[at..].iter().zip(&data[from..]).take(LONGEST).take_while(|(a, b)| a == b).count()
}

struct Bits {
    out: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn low_first(&mut self, value: u32, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }
    fn high_first(&mut self, value: u32, count: u32) {
        self.low_first(value.reverse_bits() >> (32 - count), count);
    }
    /// The fixed code of a byte, of the end (256) or of a length (257 to 285).
    fn literal(&mut self, symbol: u32) {
        match symbol {
            0..=143 => self.high_first(0x30 + symbol, 8),
            144..=255 => self.high_first(0x190 + symbol - 144, 9),
            256..=279 => self.high_first(symbol - 256, 7),
            _ => self.high_first(0xC0 + symbol - 280, 8),
        }
    }
    /// `length` bytes (3 to 258) from `distance` bytes back (1 to 32,768).
    fn repeat(&mut self, length: u32, distance: u32) {
        match length {
            258 => self.literal(285),
            3..=6 => self.literal(254 + length),
            _ => {
                // Four codes for each power of two, and the rest in extra bits.
                let (extra, over) = ((length - 3).ilog2() - 2, length - 3);
                self.literal(257 + 4 * extra + (over >> extra));
                self.low_first(over & ((1 << extra) - 1), extra);
            }
        }
        let over = distance - 1;
        if over < 4 {
            return self.high_first(over, 5);
        }
        // Two codes for each power of two.
        let power = over.ilog2();
        self.high_first(2 * power + (over >> (power - 1) & 1), 5);
        self.low_first(over & ((1 << (power - 1)) - 1), power - 1);
    }
    fn close(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.out.push(self.held as u8);
        }
        self.out
    }
}

fn adler32(data: &[u8]) -> u32 {
    let (mut low, mut high) = (1u32, 0u32);
    for part in data.chunks(5552) {
        for &byte in part {
            low += u32::from(byte);
            high += low;
        }
        low %= 65_521;
        high %= 65_521;
    }
    high << 16 | low
}

fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    let table: Vec<u32> = (0..256).map(|byte| (0..8).fold(byte, |crc, _| step(crc))).collect();
    !data.iter().fold(!0, |crc, &byte| crc >> 8 ^ table[((crc ^ u32::from(byte)) & 255) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_of_known_text() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn a_long_run_is_short() {
        assert!(zlib(&[0; 600]).len() < 20);
    }
}

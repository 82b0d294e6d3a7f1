//! Pixels to PNG, in memory. Charts are flat colours, so each row is written as its difference from the row
//! above, which is nearly all zeros, and runs are all the compression that is needed.

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

/// Deflate (RFC 1951) in one block of fixed codes, with runs of one byte as the only matches, in a zlib
/// frame (RFC 1950).
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut bits = Bits { out: vec![0x78, 0x01], held: 0, count: 0 };
    bits.low_first(0b011, 3);
    let mut at = 0;
    while at < data.len() {
        bits.literal(u32::from(data[at]));
        let run = data[at + 1..].iter().take_while(|&&byte| byte == data[at]).count();
        at += 1 + run;
        let mut left = run;
        while left >= 3 {
            // Never leave one or two bytes that a match could have taken.
            let length = if left > 258 && left < 261 { left - 3 } else { left.min(258) };
            bits.repeat(length as u32);
            left -= length;
        }
        for _ in 0..left {
            bits.literal(u32::from(data[at - 1]));
        }
    }
    bits.literal(256);
    let mut out = bits.close();
    out.extend(adler32(data).to_be_bytes());
    out
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
    /// The byte before, `length` times more (3 to 258).
    fn repeat(&mut self, length: u32) {
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
        self.high_first(0, 5);
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
        // Made and read back with zlib: 600 zeros.
        assert!(zlib(&[0; 600]).len() < 20);
    }
}

//! Draws of eight agents, or at eight numbers, at once: the same bits as one by one.

use super::draws::{Luck, Purpose};
use super::philox_wide::{Lanes, WIDE, philox_wide, units_wide};

impl Luck {
    /// 128 random bits of each of eight agents at its number, word by word. Agents are below 2^32.
    #[inline]
    pub fn blocks(&self, purpose: Purpose, agents: [u32; WIDE], k: [u32; WIDE]) -> Lanes {
        philox_wide(&[agents, [(purpose as u32) << 24; WIDE], [self.when; WIDE], k], self.key)
    }

    /// Uniform reals in (0, 1) of eight agents, each at its number: what [`Luck::uniform`] gives. Agents are below 2^32.
    #[inline]
    pub fn uniforms(&self, purpose: Purpose, agents: [u32; WIDE], k: [u32; WIDE]) -> [f64; WIDE] {
        units_wide(&[agents, [(purpose as u32) << 24; WIDE], [self.when; WIDE], k], self.key)
    }

    /// As [`Luck::blocks`], of agents of any identity.
    #[inline]
    pub fn blocks_of(&self, purpose: Purpose, agents: [u64; WIDE], k: [u32; WIDE]) -> Lanes {
        let high = agents.map(|agent| (agent >> 32) as u32 & 0x00ff_ffff | (purpose as u32) << 24);
        philox_wide(&[agents.map(|agent| agent as u32), high, [self.when; WIDE], k], self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::draws::Draws;

    #[test]
    fn eight_at_once_are_what_one_by_one_gives() {
        let luck = Draws::new(0x0123_4567_89ab_cdef, 3).in_month(17);
        let agents = std::array::from_fn(|i| 0xfff0_0000 + 77 * i as u32);
        let k = std::array::from_fn(|i| (i as u32) << 20 | 5);
        let others = agents.map(|agent: u32| (1 << 56) - 9 - u64::from(agent));
        let all = luck.uniforms(Purpose::Test, agents, k);
        for i in 0..WIDE {
            assert_eq!(all[i], luck.uniform(Purpose::Test, agents[i].into(), k[i]));
            let of_each = luck.blocks_of(Purpose::Test, others, k).map(|word| word[i]);
            assert_eq!(of_each, luck.block(Purpose::Test, others[i], k[i]));
        }
    }
}

//! Where bidders, sellers and outlets are found.

/// Rows of suppliers and cumulated weights, fixed at the start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pool {
    pub suppliers: Vec<u32>,
    pub cumulated: Vec<f64>,
}

impl Pool {
    pub fn new(members: impl IntoIterator<Item = (u32, f64)>) -> Pool {
        let mut pool = Pool::default();
        let mut sum = 0.0;
        for (supplier, weight) in members {
            if weight > 0.0 {
                sum += weight;
                pool.suppliers.push(supplier);
                pool.cumulated.push(sum);
            }
        }
        pool
    }
    /// The member at this point (0..1) of the cumulated weights.
    pub fn at(&self, u: f64) -> Option<u32> {
        let total = *self.cumulated.last()?;
        let i = self.cumulated.partition_point(|&c| c <= u * total);
        Some(self.suppliers[i.min(self.suppliers.len() - 1)])
    }
    pub fn is_empty(&self) -> bool {
        self.suppliers.is_empty()
    }
}

//! Where to run a model whose settings are uncertain: points in the unit cube, a column a setting.

use crate::base::draws::{Draws, Purpose};

/// A Latin hypercube (McKay, Beckman and Conover 1979): in each column every one of the `rows` equal strata has one point.
pub fn latin_hypercube(rows: usize, columns: usize, seed: u64) -> Vec<Vec<f64>> {
    let luck = Draws::new(seed, 0).in_month(0);
    let column = |column: usize| {
        let mut order: Vec<usize> = (0..rows).collect();
        order.sort_by_key(|row| (luck.bits(Purpose::HypercubeCell, *row as u64, column as u32), *row));
        let mut places = vec![0.0; rows];
        for (stratum, row) in order.into_iter().enumerate() {
            let within = luck.uniform(Purpose::HypercubePlace, row as u64, column as u32);
            places[row] = (stratum as f64 + within) / rows as f64;
        }
        places
    };
    let columns: Vec<Vec<f64>> = (0..columns).map(column).collect();
    (0..rows).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

/// One point of the Sobol sequence, scrambled after Owen (Burley 2020); more points never change those before. The sequence at
/// hand has 65,536 points and directions for 256 columns; a study file is held to that when it is read.
pub fn sobol_point(row: u32, columns: usize, seed: u64) -> Vec<f64> {
    let seed = (seed ^ seed >> 32) as u32;
    (0..columns).map(|column| f64::from(sobol_burley::sample(row, column as u32, seed))).collect()
}

/// The runs of Saltelli (2010): blocks A, B, then for each column A with that column from B. `base` rows a block.
pub fn saltelli(base: usize, columns: usize, seed: u64) -> Vec<Vec<f64>> {
    let both: Vec<Vec<f64>> = (0..base as u32).map(|row| sobol_point(row, 2 * columns, seed)).collect();
    let a = |row: usize| both[row][..columns].to_vec();
    let mut points: Vec<Vec<f64>> = (0..base).map(a).collect();
    points.extend((0..base).map(|row| both[row][columns..].to_vec()));
    for column in 0..columns {
        points.extend((0..base).map(|row| {
            let mut point = a(row);
            point[column] = both[row][columns + column];
            point
        }));
    }
    points
}

/// The trajectories of Morris (1991): from a point of a grid of `levels` values, each column moves once, by half the grid
/// and a little more. `columns + 1` rows a trajectory.
pub fn morris(trajectories: usize, columns: usize, levels: u16, seed: u64) -> Vec<Vec<f64>> {
    let luck = Draws::new(seed, 0).in_month(0);
    let step = step(levels);
    let starts = f64::from(levels / 2);
    let mut points = Vec::with_capacity(trajectories * (columns + 1));
    for t in 0..trajectories as u64 {
        let mut up = Vec::with_capacity(columns);
        let mut point: Vec<f64> = (0..columns)
            .map(|c| {
                let low = (luck.uniform(Purpose::MorrisStart, t, 2 * c as u32) * starts).floor();
                let low = low / f64::from(levels - 1);
                up.push(luck.chance(0.5, Purpose::MorrisStart, t, 2 * c as u32 + 1));
                if up[c] { low } else { low + step }
            })
            .collect();
        let mut order: Vec<usize> = (0..columns).collect();
        order.sort_by_key(|c| (luck.bits(Purpose::MorrisOrder, t, *c as u32), *c));
        points.push(point.clone());
        for c in order {
            point[c] = (if up[c] { point[c] + step } else { point[c] - step }).clamp(0.0, 1.0);
            points.push(point.clone());
        }
    }
    points
}

/// Morris's step for an even number of levels: p / (2 (p − 1)).
fn step(levels: u16) -> f64 {
    f64::from(levels) / (2.0 * f64::from(levels - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stratum_of_a_hypercube_has_one_point() {
        let points = latin_hypercube(20, 3, 7);
        for column in 0..3 {
            let mut strata: Vec<usize> = points.iter().map(|p| (p[column] * 20.0) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..20).collect::<Vec<_>>());
        }
        assert_ne!(points, latin_hypercube(20, 3, 8));
    }

    #[test]
    fn sobol_points_fill_each_half_alike_and_stay_as_they_are() {
        let points: Vec<_> = (0..64).map(|row| sobol_point(row, 5, 3)).collect();
        for column in 0..5 {
            assert_eq!(points.iter().filter(|p| p[column] < 0.5).count(), 32);
        }
        assert_eq!(sobol_point(63, 5, 3), points[63]);
    }

    #[test]
    fn one_setting_moves_at_a_time() {
        let points = morris(5, 4, 4, 1);
        assert_eq!(points.len(), 25);
        for t in points.chunks(5) {
            let mut moved: Vec<usize> = Vec::new();
            for pair in t.windows(2) {
                let which: Vec<usize> = (0..4).filter(|c| pair[0][*c] != pair[1][*c]).collect();
                assert_eq!(which.len(), 1);
                moved.extend(which);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3]);
            assert!(t.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
        }
    }
}

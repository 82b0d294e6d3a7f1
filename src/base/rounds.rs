//! The sum of rounds of a matrix of coefficients, the Leontief inverse.

use nalgebra::DMatrix;

/// `(I - A)^-1`, or nothing where there is none that is finite and nowhere negative: the sum of all rounds
/// `I + A + A^2 + ...` of a table without negative cells.
pub fn invert(a: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let n = a.nrows();
    let inverse = (DMatrix::identity(n, n) - a).lu().try_inverse()?;
    // A sum of rounds holds no negative cell; a pole passed shows as one, a pole met as cells beyond reason.
    let sound = inverse.iter().all(|cell| cell.is_finite() && *cell > -1e-9 && *cell < 1e9);
    sound.then_some(inverse)
}

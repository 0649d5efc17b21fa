//! The minimum of a smooth convex function, by L-BFGS (Liu & Nocedal 1989) with a backtracking search.

/// How many steps back the curvature is remembered.
const MEMORY: usize = 10;
/// A step must gain at least this share of what its slope promises (Armijo).
const GAIN: f64 = 1e-4;
const SMALLEST_STEP: f64 = 1e-12;

/// Moves `at` to where `function`, which gives the value and fills in the gradient, is least: until no
/// part of the gradient is larger than `tolerance` or after `rounds` steps. One thread, fixed order.
pub(super) fn minimise(
    at: &mut [f64],
    rounds: usize,
    tolerance: f64,
    mut function: impl FnMut(&[f64], &mut [f64]) -> f64,
) {
    let n = at.len();
    let mut gradient = vec![0.0; n];
    let mut value = function(at, &mut gradient);
    let (mut steps, mut changes, mut scales) = (Vec::new(), Vec::new(), Vec::new());
    let (mut next, mut next_gradient) = (vec![0.0; n], vec![0.0; n]);
    for _ in 0..rounds {
        if gradient.iter().all(|part| part.abs() <= tolerance) {
            break;
        }
        let mut direction = downhill(&gradient, &steps, &changes, &scales);
        let mut slope = dot(&gradient, &direction);
        if slope >= 0.0 {
            direction = gradient.iter().map(|part| -part).collect();
            slope = -dot(&gradient, &gradient);
        }
        let mut step = if steps.is_empty() { 1.0 / (1.0 - slope).sqrt() } else { 1.0 };
        let found = loop {
            for ((next, at), direction) in next.iter_mut().zip(&*at).zip(&direction) {
                *next = at + step * direction;
            }
            let found = function(&next, &mut next_gradient);
            if found <= value + GAIN * step * slope {
                break Some(found);
            }
            step *= 0.5;
            if step < SMALLEST_STEP {
                break None;
            }
        };
        let Some(found) = found else { break };
        let moved: Vec<f64> = next.iter().zip(&*at).map(|(next, at)| next - at).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&moved, &turned);
        if curvature > 1e-12 * dot(&turned, &turned) {
            if steps.len() == MEMORY {
                steps.remove(0);
                changes.remove(0);
                scales.remove(0);
            }
            steps.push(moved);
            changes.push(turned);
            scales.push(1.0 / curvature);
        }
        at.copy_from_slice(&next);
        gradient.copy_from_slice(&next_gradient);
        value = found;
    }
}

/// The direction that the remembered curvature advises (two-loop recursion).
fn downhill(
    gradient: &[f64],
    steps: &[Vec<f64>],
    changes: &[Vec<f64>],
    scales: &[f64],
) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|part| -part).collect();
    let mut shares = vec![0.0; steps.len()];
    for at in (0..steps.len()).rev() {
        shares[at] = scales[at] * dot(&steps[at], &direction);
        add(&mut direction, -shares[at], &changes[at]);
    }
    if let (Some(scale), Some(change)) = (scales.last(), changes.last()) {
        let size = 1.0 / (scale * dot(change, change));
        for part in &mut direction {
            *part *= size;
        }
    }
    for at in 0..steps.len() {
        let share = shares[at] - scales[at] * dot(&changes[at], &direction);
        add(&mut direction, share, &steps[at]);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], factor: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += factor * what);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A long narrow valley (condition number 1000): the minimum is known.
    #[test]
    fn finds_the_minimum_of_a_quadratic() {
        let (curvature, centre) = ([1.0, 30.0, 1000.0], [3.0, -2.0, 0.5]);
        let mut at = [0.0; 3];
        minimise(&mut at, 100, 1e-9, |x, gradient| {
            let mut value = 0.0;
            for i in 0..3 {
                let off = x[i] - centre[i];
                gradient[i] = curvature[i] * off;
                value += 0.5 * curvature[i] * off * off;
            }
            value
        });
        for (found, centre) in at.iter().zip(centre) {
            assert!((found - centre).abs() < 1e-6, "{at:?}");
        }
    }
}

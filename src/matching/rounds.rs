//! Independent rounds of training, on all processors.
//!
//! Refuses: to let the number of processors show in the results, which stand in the order of the rounds.

/// The results of independent rounds, in their order, on all processors.
pub(crate) fn in_parallel<T: Send>(rounds: usize, round: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(rounds);
    let round = &round;
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let spawned: Vec<_> = (0..workers)
            .map(|first| {
                scope.spawn(move || {
                    (first..rounds).step_by(workers).map(|n| (n, round(n))).collect::<Vec<_>>()
                })
            })
            .collect();
        let results = spawned.into_iter().map(std::thread::ScopedJoinHandle::join);
        results.flat_map(|result| result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn results_stand_in_the_order_of_the_rounds() {
        assert_eq!(in_parallel(23, |round| round * round), (0..23).map(|n| n * n).collect::<Vec<_>>());
        assert!(in_parallel(0, |round| round).is_empty());
    }
}

//! Shares add up, nothing is lost, and words drift where articles do.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::topics::TopicModel;
use crate::topics::generated::{articles, weights};

#[test]
fn periods_begin_and_end_where_the_calendar_says() {
    let cases = [
        (
            Period::Day,
            date(2024, 2, 28),
            date(2024, 3, 1),
            &["2024-02-28", "2024-02-29", "2024-03-01"][..],
        ),
        (Period::Week, date(2020, 12, 27), date(2021, 1, 4), &["2020-W52", "2020-W53", "2021-W01"]),
        (Period::Month, date(2023, 12, 31), date(2024, 1, 1), &["2023-12", "2024-01"]),
        (Period::Quarter, date(2023, 12, 31), date(2024, 4, 1), &["2023-Q4", "2024-Q1", "2024-Q2"]),
        (Period::Year, date(2023, 1, 1), date(2024, 12, 31), &["2023", "2024"]),
    ];
    for (period, first, last, names) in cases {
        let buckets = Buckets::by_time([Some(last), None, Some(first)], period).unwrap();
        assert_eq!(buckets.names(), names, "{period}");
        assert_eq!(buckets.of_articles(), [Some(names.len() - 1), None, Some(0)]);
        assert_eq!(period.to_string().parse::<Period>().unwrap(), period);
    }
    assert!(Buckets::by_time([None, None], Period::Day).unwrap().names().is_empty());
    // To the ends of the calendar.
    for period in [Period::Week, Period::Month, Period::Quarter, Period::Year] {
        for day in [Date::MIN, Date::MAX] {
            let buckets = Buckets::by_time([Some(day)], period).unwrap();
            assert_eq!(buckets.of_articles(), [Some(0)]);
        }
    }
    let error = Buckets::by_time([Some(Date::MIN), Some(Date::MAX)], Period::Day).unwrap_err();
    assert!(error.to_string().starts_with("period is day, but must be one with at most 10000"));
    assert!("fortnight".parse::<Period>().is_err_and(|error| error.is_setting()));
}

proptest! {
    #[test]
    fn every_day_is_in_the_bucket_of_its_name(
        days in proptest::collection::vec((0_i16..6, 1_i8..=12, 1_i8..=28), 1..30),
        period in prop::sample::select(vec![Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year]),
    ) {
        let days: Vec<Date> = days.into_iter().map(|(y, m, d)| date(2020 + y, m, d)).collect();
        let buckets = Buckets::by_time(days.iter().copied().map(Some), period).unwrap();
        prop_assert!(buckets.names().is_sorted_by(|a, b| a < b));
        for (&day, bucket) in days.iter().zip(buckets.of_articles()) {
            prop_assert_eq!(&buckets.names()[bucket.unwrap()], &period.name(day));
        }
    }
}

/// Articles of three topics, and a model of them.
fn fitted() -> (TopicModel, crate::TfIdfMatrix, usize) {
    let mut docs = articles(3, 40, 2);
    // In the second half, topic 0 speaks of something new.
    for doc in docs.iter_mut().skip(60).step_by(3) {
        doc.push_str(" novelty novelty");
    }
    let weights = weights(&docs);
    let model = TopicModel::params(3).fit(&weights).unwrap();
    let topic = model.assignments()[0].topic();
    (model, weights, topic)
}

#[test]
fn shares_add_up_and_no_article_is_lost() {
    let (model, weights, _) = fitted();
    let days = (0..120_i16).map(|row| (row % 7 != 0).then(|| date(2000 + row / 10, 5, 1)));
    let buckets = Buckets::by_time(days, Period::Year).unwrap();
    for params in [
        TrendParams::default(),
        TrendParams::default().window(3).tuning(0.5).keywords(2),
        TrendParams::default().added(0.0).keywords(0),
    ] {
        let trend = model.trend(&weights, &buckets, &params).unwrap();
        let inside: usize = trend.buckets.iter().map(|bucket| bucket.articles).sum();
        assert_eq!((inside + trend.apart, trend.apart), (120, 18));
        for (place, bucket) in trend.buckets.iter().enumerate() {
            let points = || trend.topics.iter().map(|topic| &topic.points[place]);
            assert_eq!(points().map(|point| point.articles).sum::<usize>(), bucket.articles);
            assert!((points().map(|point| point.share).sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(points().all(|point| (0.0..0.5).contains(&point.error)));
        }
    }
}

#[test]
fn words_drift() {
    let (model, weights, topic) = fitted();
    let halves = Buckets::by_group((0..120).map(|row| Some(if row < 60 { "a" } else { "b" })));
    let points = |params: &TrendParams| {
        model.trend(&weights, &halves, params).unwrap().topics[topic].points.clone()
    };
    let drift = points(&TrendParams::default());
    assert!(!drift[0].keywords.contains(&"novelty".to_string()));
    assert_eq!(drift[1].keywords[0], "novelty");
    let tuned = points(&TrendParams::default().tuning(1.0));
    assert_eq!(tuned[0].keywords, tuned[1].keywords);
    let shown = model.trend(&weights, &halves, &TrendParams::default()).unwrap().to_string();
    assert!(shown.contains("novelty") && shown.lines().count() == 9, "{shown}");
}

#[test]
fn a_window_takes_neighbours_in() {
    let (model, weights, topic) = fitted();
    // Topic by topic: topic 0 is all of the first year.
    let buckets =
        Buckets::by_time((0..120_i16).map(|row| Some(date(2000 + row % 3, 1, 1))), Period::Year);
    let buckets = buckets.unwrap();
    let share = |window| {
        let params = TrendParams::default().added(0.0).window(window);
        let trend = model.trend(&weights, &buckets, &params).unwrap();
        trend.topics[topic].points.iter().map(|point| point.share).collect::<Vec<_>>()
    };
    assert_eq!(share(1), [1.0, 0.0, 0.0]);
    assert_eq!(share(3), [0.5, 1.0 / 3.0, 0.0]);
}

#[test]
fn what_does_not_fit_is_an_error() {
    let (model, weights, _) = fitted();
    let groups = Buckets::by_group((0..120).map(|row| (row > 3).then_some("a")));
    let fails = |params: TrendParams| {
        model.trend(&weights, &groups, &params).is_err_and(|error| error.is_setting())
    };
    assert!(
        fails(TrendParams::default().added(-1.0)) && fails(TrendParams::default().added(f64::NAN))
    );
    assert!(fails(TrendParams::default().tuning(1.5)) && fails(TrendParams::default().window(2)));
    assert!(fails(TrendParams::default().window(3)), "groups have no order");
    let few = Buckets::by_group([Some("a")]);
    let error = model.trend(&weights, &few, &TrendParams::default()).unwrap_err();
    assert_eq!(error.to_string(), "articles with or without a bucket: expected 120, found 1");
}

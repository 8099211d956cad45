//! The platforms' spellings of friend data, exact scores, ranking.

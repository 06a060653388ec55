//! The last requests, for the diagnostics.

use std::{collections::VecDeque, sync::Mutex};

use pachca_client::RequestRecord;

use crate::sync::lock;

/// Requests kept.
const KEPT: usize = 10;

#[derive(Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<RequestRecord>>);

impl RequestLog {
    pub(crate) fn keep(&self, record: RequestRecord) {
        let mut requests = lock(&self.0);
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(record);
    }

    /// Newest first.
    pub(crate) fn newest_first(&self) -> Vec<RequestRecord> {
        lock(&self.0).iter().rev().cloned().collect()
    }
}

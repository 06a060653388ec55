/**
 * The one table from what went wrong to what the window says and offers.
 */
import { t } from './words.js';

/**
 * @typedef {import('./bindings/IpcError').IpcError} IpcError
 * @typedef {import('./bindings/Failure').Failure} Failure
 * @typedef {import('./bindings/FailureKind').FailureKind} FailureKind
 * @typedef {import('./bindings/ErrorCode').ErrorCode} ErrorCode
 * @typedef {import('./bindings/Page').Page} Page
 */

/**
 * @typedef {object} Explanation
 * @property {string} text What happened and what to do next.
 * @property {string} [serverSays] The server's own sentence.
 * @property {string} [detail] Something to show as it is: a path, a line and column.
 * @property {string} [requestId] For support.
 * @property {number} [httpStatus]
 * @property {Page} [page] Where it can be mended.
 */

/** Where each kind of failure can be mended; the others pass by themselves or need other content. */
const PAGE_OF_FAILURE = /** @type {Partial<Record<FailureKind, Page>>} */ ({
  token_rejected: 'account',
  scope_missing: 'account',
  role_forbids: 'account',
  not_pachca: 'diagnostics',
  tls: 'diagnostics',
  not_found: 'preferences',
  offline: 'diagnostics',
  timeout: 'diagnostics',
  unexpected: 'diagnostics',
  too_large: 'diagnostics',
});

const PAGE_OF_ERROR = /** @type {Partial<Record<ErrorCode, Page>>} */ ({
  not_connected: 'account',
  server_address_invalid: 'preferences',
});

/**
 * @param {Failure} failure
 * @returns {Explanation}
 */
export function explainFailure(failure) {
  return {
    text: t(`failure-${failure.kind}`, {
      scope: failure.scope ?? 'unknown',
      seconds: failure.retry_after_seconds ?? 0,
      status: failure.http_status ?? 0,
      message: failure.server_message ?? '',
    }),
    serverSays: failure.server_message ?? undefined,
    requestId: failure.request_id ?? undefined,
    httpStatus: failure.http_status ?? undefined,
    page: PAGE_OF_FAILURE[failure.kind],
  };
}

/**
 * @param {unknown} error What a request rejected with.
 * @returns {error is IpcError}
 */
export function isIpcError(error) {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

/**
 * @param {unknown} error
 * @returns {Explanation}
 */
export function explain(error) {
  // Anything else is a mistake of ours: the bridge refuses a malformed call with a bare text.
  if (!isIpcError(error))
    return { text: t('window-error-internal'), detail: String(error), page: 'diagnostics' };
  if (error.code === 'failure' && error.failure) return explainFailure(error.failure);
  const token = error.token ? t(`token-${error.token}`) : '';
  return {
    text: t(`error-${error.code}`, { detail: error.detail ?? '', token }),
    detail: error.detail ?? undefined,
    page: PAGE_OF_ERROR[error.code],
  };
}

/**
 * @param {unknown} error
 * @returns {boolean} The person stopped it: nothing to report.
 */
export function wasCancelled(error) {
  return isIpcError(error) && (error.code === 'cancelled' || error.failure?.kind === 'called_off');
}

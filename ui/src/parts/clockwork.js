/**
 * Wakes up when something in words about time stops being true, and only while the window can be seen.
 */

/**
 * @param {() => number | null} tick Draws, and answers in how many milliseconds it wants to be called again.
 * @returns {{ now: () => void, stop: () => void }}
 */
export function clockwork(tick) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const now = () => {
    clearTimeout(timer);
    const next = tick();
    if (next !== null && !document.hidden) timer = setTimeout(now, Math.min(Math.max(next, 250), 3_600_000));
  };
  document.addEventListener('visibilitychange', now);
  return {
    now,
    stop() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', now);
    },
  };
}

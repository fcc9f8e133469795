/** First position in `0..length` whose test is true, `length` when none is; the test must stay true from there on. */
export function firstTrue(length: number, test: (position: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (test(middle)) high = middle
    else low = middle + 1
  }
  return low
}

import { FieldType } from '@grafana/data';

/**
 * The cells of a heat map from a histogram's cumulative buckets: for each point in time and each bucket, how much
 * fell between the bound below and its own. Bounds rise; the last may be Infinity.
 */
export function cells(frames) {
  const buckets = frames.map(bucket).sort((a, b) => a.bound - b.bound);
  const times = [...new Set(buckets.flatMap(({ byTime }) => [...byTime.keys()]))].sort((a, b) => a - b);
  const rows = buckets.map(({ bound, byTime }, index) => ({
    bound,
    counts: times.map((at) => Math.max(0, (byTime.get(at) ?? 0) - (buckets[index - 1]?.byTime.get(at) ?? 0))),
  }));
  return { times, rows, most: Math.max(0, ...rows.flatMap(({ counts }) => counts)) };
}

function bucket(frame) {
  const value = frame.fields.find(({ type }) => type === FieldType.number);
  const times = frame.fields.find(({ type }) => type === FieldType.time).values;
  return {
    bound: Number((value.labels?.le ?? 'NaN').replace('Inf', 'Infinity')),
    byTime: new Map(times.map((at, index) => [at, value.values[index] ?? 0])),
  };
}

/** Which of so many labels are written where only some have room: every n-th from the first. */
export function written(count, room) {
  const every = Math.max(1, Math.ceil(count / Math.max(1, room)));
  return Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0);
}

/** How strong a cell's colour is, 0 to 1, so that a few beside very many are still seen. */
export function strength(count, most, exponent) {
  return most === 0 ? 0 : Math.pow(count / most, exponent);
}

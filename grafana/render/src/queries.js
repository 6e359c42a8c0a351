import { FieldType, renderLegendFormat, toDataFrame } from '@grafana/data';
import quiet from '../quiet.json';
import { from, interpolate, step, to } from './plan.js';
import { problem } from './problems.js';

/** A panel's data: a frame a series, in the order of its targets. */
export async function query(panel) {
  const targets = (panel.targets ?? []).filter((target) => !target.hide);
  return (await Promise.all(targets.map((target) => ask(panel, target)))).flat();
}

async function ask(panel, target) {
  const query = interpolate(target.expr);
  const question = target.instant ? instant(query) : range(query);
  const answer = await (await fetch(question)).json();
  if (answer.status !== 'success') {
    problem(panel.title, `${answer.error} in ${query}`);
    return [];
  }
  const series = answer.data.result.map((one) => ({ labels: one.metric, points: points(one) }));
  if (!series.some(({ points }) => points.some(([, value]) => value !== null))) {
    if (panel.title in quiet) return [];
    problem(panel.title, `no data for ${query}`);
  }
  return target.format === 'table' ? [table(target, series)] : series.map((s) => frame(target, s));
}

function instant(query) {
  return `/prometheus/api/v1/query?${new URLSearchParams({ query, time: to })}`;
}

function range(query) {
  return `/prometheus/api/v1/query_range?${new URLSearchParams({ query, start: from, end: to, step })}`;
}

function points(one) {
  return (one.values ?? [one.value]).map(([at, text]) => [at * 1000, number(text)]);
}

/** NaN is no value, as in Grafana: a gap in the line. */
function number(text) {
  const value = Number(text.replace('Inf', 'Infinity'));
  return Number.isNaN(value) ? null : value;
}

function frame(target, { labels, points }) {
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: points.map(([at]) => at), config: {} },
      {
        name: 'Value',
        type: FieldType.number,
        labels,
        values: points.map(([, value]) => value),
        config: named(target, labels),
      },
    ],
  });
}

/** Without a legend of its own a series goes by its labels, which the components work out. */
function named(target, labels) {
  const legend = target.legendFormat;
  if (legend && legend !== '__auto') {
    return { displayNameFromDS: renderLegendFormat(interpolate(legend), labels) };
  }
  return Object.keys(labels).length === 0 ? { displayNameFromDS: target.expr } : {};
}

/** The last value of each series, a row each. */
function table(target, series) {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))];
  const last = series.map(({ points }) => points[points.length - 1]);
  return toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: last.map(([at]) => at), config: {} },
      ...names.map((name) => ({
        name,
        type: FieldType.string,
        values: series.map(({ labels }) => labels[name] ?? ''),
        config: {},
      })),
      { name: 'Value', type: FieldType.number, values: last.map(([, value]) => value), config: {} },
    ],
  });
}

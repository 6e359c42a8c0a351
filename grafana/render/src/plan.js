import { dateTime } from '@grafana/data';

/** What to draw, as the program that takes the picture put it: seconds, and a value for each variable. */
export const { dashboard, from, to, step, variables } = window.plan;

export const timeRange = {
  from: dateTime(from * 1000),
  to: dateTime(to * 1000),
  raw: { from: `now-${to - from}s`, to: 'now' },
};

const REFERENCE = /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]/g;

/** A text with the variables' values in it; what is no variable stays as it is. */
export function interpolate(text, scoped = {}) {
  return text.replace(REFERENCE, (whole, plain, braced, bracketed) => {
    const name = plain ?? braced ?? bracketed;
    return scoped[name]?.text ?? variables[name] ?? whole;
  });
}

import { dateTimeFormat, formattedValueToString, getValueFormat } from '@grafana/data';
import * as schemes from 'd3-scale-chromatic';
import { useLayoutEffect, useRef } from 'react';
import { from, step, to } from '../plan.js';
import { problem } from '../problems.js';
import { theme } from '../theme.js';
import { cells, strength, written } from './heatmap.js';

const LEFT = 62;
const BOTTOM = 22;
const SCALE = 44;
const FONT = `12px ${theme.typography.fontFamily}`;

/** Time to the right, buckets upward, colour for how many; Grafana's own is not among its components. */
export function HeatmapPanel({ panel, frames, width, height }) {
  const canvas = useRef(null);
  useLayoutEffect(() => {
    const context = canvas.current.getContext('2d');
    context.scale(window.devicePixelRatio, window.devicePixelRatio);
    context.font = FONT;
    draw(context, panel, cells(frames), { width: width - LEFT - 8, height: height - BOTTOM - SCALE - 8 });
  }, [panel, frames, width, height]);
  const ratio = window.devicePixelRatio;
  return <canvas ref={canvas} width={width * ratio} height={height * ratio} style={{ width, height }} />;
}

function draw(context, panel, data, plot) {
  if (data.rows.some(({ bound }) => Number.isNaN(bound))) problem(panel.title, 'a series without an le');
  if (data.most === 0) problem(panel.title, 'no bucket has anything in it');
  const color = colors(panel.options?.color);
  const unit = getValueFormat(panel.options?.yAxis?.unit ?? panel.fieldConfig?.defaults?.unit ?? 'short');
  context.translate(LEFT, 8);
  drawCells(context, data, plot, color);
  drawBounds(context, data.rows, plot, unit);
  drawTimes(context, plot);
  drawScale(context, data.most, plot, color);
}

function colors({ scheme = 'Oranges', reverse = false, exponent = 0.5 } = {}) {
  const ramp = schemes[`interpolate${scheme}`] ?? schemes.interpolateOranges;
  // The pale end of a scheme lies on the dark side, where nothing is.
  return (part) => ramp(reverse ? part : 1 - Math.pow(part, exponent));
}

function drawCells(context, { times, rows, most }, plot, color) {
  const tall = plot.height / Math.max(1, rows.length);
  const wide = (plot.width * step) / (to - from);
  rows.forEach(({ counts }, row) =>
    counts.forEach((count, column) => {
      if (count > 0) {
        context.fillStyle = color(strength(count, most, 1));
        const x = ((times[column] / 1000 - from) / (to - from)) * plot.width;
        const left = Math.max(0, x - wide);
        context.fillRect(left, plot.height - (row + 1) * tall, Math.max(1, x - left - 0.5), tall - 1);
      }
    }),
  );
}

function drawBounds(context, rows, plot, unit) {
  const tall = plot.height / Math.max(1, rows.length);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const row of written(rows.length, plot.height / 16)) {
    const y = plot.height - (row + 1) * tall;
    text(context, bound(rows[row].bound, unit), -6, y + 2);
    line(context, 0, y, plot.width, y);
  }
}

function bound(value, unit) {
  return value === Infinity ? '+Inf' : formattedValueToString(unit(value));
}

function drawTimes(context, plot) {
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const count = Math.max(2, Math.floor(plot.width / 90));
  for (let index = 1; index < count; index++) {
    const at = from + ((to - from) * index) / count;
    text(context, dateTimeFormat(at * 1000, { format: 'HH:mm:ss', timeZone: 'utc' }), (plot.width * index) / count, plot.height + 6);
  }
}

function drawScale(context, most, plot, color) {
  const top = plot.height + BOTTOM + 8;
  for (let x = 0; x < 120; x++) {
    context.fillStyle = color((x + 1) / 120);
    context.fillRect(x, top, 1, 8);
  }
  context.textAlign = 'left';
  text(context, '0', 0, top + 12);
  context.textAlign = 'right';
  text(context, most.toPrecision(2), 120, top + 12);
}

function text(context, what, x, y) {
  context.fillStyle = theme.colors.text.secondary;
  context.fillText(what, x, y);
}

function line(context, x1, y1, x2, y2) {
  context.strokeStyle = theme.colors.border.weak;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

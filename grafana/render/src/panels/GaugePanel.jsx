import { formattedValueToString } from '@grafana/data';
import { theme } from '../theme.js';
import { Values } from './values.jsx';

const SWEEP = Math.PI * 1.5;
const START = Math.PI * 0.75;
const ROOM_FOR_TITLE = 20;

/** An arc of 270 degrees from the field's min to its max; Grafana's own is not among its components. */
export function GaugePanel(props) {
  return <Values {...props} autoGrid one={(drawn) => <Gauge {...drawn} />} />;
}

function Gauge({ value: { display, field }, width, height }) {
  const radius = Math.max(10, Math.min(width, height - ROOM_FOR_TITLE) / 2 - 12);
  const x = width / 2;
  const y = radius + 10;
  return (
    <svg width={width} height={height} fontFamily={theme.typography.fontFamily} textAnchor="middle">
      <path d={arc(x, y, radius, 1)} fill="none" stroke={theme.colors.background.secondary} strokeWidth={radius / 4} />
      <path d={arc(x, y, radius, part(display, field))} fill="none" stroke={display.color} strokeWidth={radius / 4} />
      <text x={x} y={y + radius / 8} fontSize={radius / 2.5} fill={display.color}>
        {formattedValueToString(display)}
      </text>
      <text x={x} y={height - 6} fontSize={12} fill={theme.colors.text.secondary}>
        {display.title}
      </text>
    </svg>
  );
}

function part({ numeric }, { min = 0, max = 100 }) {
  return Math.min(1, Math.max(0, (numeric - min) / (max - min || 1)));
}

function arc(x, y, radius, part) {
  const point = (angle) => `${x + radius * Math.cos(angle)} ${y + radius * Math.sin(angle)}`;
  const large = part * SWEEP > Math.PI ? 1 : 0;
  return `M ${point(START)} A ${radius} ${radius} 0 ${large} 1 ${point(START + part * SWEEP)}`;
}

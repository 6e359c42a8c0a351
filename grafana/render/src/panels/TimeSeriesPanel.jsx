import { TimeSeries } from '@grafana/ui';
import { timeRange } from '../plan.js';

const LEGEND = { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] };

export function TimeSeriesPanel({ panel, frames, width, height }) {
  const legend = { ...LEGEND, ...panel.options?.legend };
  return (
    <TimeSeries
      frames={frames}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone="utc"
      legend={legend}
      options={panel.options ?? {}}
    />
  );
}

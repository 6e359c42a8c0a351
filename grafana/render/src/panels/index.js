import { BarGaugePanel } from './BarGaugePanel.jsx';
import { GaugePanel } from './GaugePanel.jsx';
import { HeatmapPanel } from './HeatmapPanel.jsx';
import { StatPanel } from './StatPanel.jsx';
import { TablePanel } from './TablePanel.jsx';
import { TextPanel } from './TextPanel.jsx';
import { TimeSeriesPanel } from './TimeSeriesPanel.jsx';

/** What draws a panel, by its type in the dashboard's JSON. */
export const panelTypes = {
  bargauge: BarGaugePanel,
  gauge: GaugePanel,
  heatmap: HeatmapPanel,
  stat: StatPanel,
  table: TablePanel,
  text: TextPanel,
  timeseries: TimeSeriesPanel,
};

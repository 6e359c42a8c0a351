// What each part of a dashboard may hold, by Grafana's own types; check.mjs makes JSON schemas of them.
import type { Dashboard as Whole, FieldConfig as Field } from '@grafana/schema/dist/types/raw/dashboard/x/types.gen';
import type { Options as BarGauge } from '@grafana/schema/dist/types/raw/composable/bargauge/panelcfg/x/types.gen';
import type { Options as Gauge } from '@grafana/schema/dist/types/raw/composable/gauge/panelcfg/x/types.gen';
import type { FieldConfig as HeatmapField, Options as Heatmap } from '@grafana/schema/dist/types/raw/composable/heatmap/panelcfg/x/types.gen';
import type { Options as Stat } from '@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/types.gen';
import type { FieldConfig as TableField, Options as Table } from '@grafana/schema/dist/types/raw/composable/table/panelcfg/x/types.gen';
import type { Options as Text } from '@grafana/schema/dist/types/raw/composable/text/panelcfg/x/types.gen';
import type { FieldConfig as TimeSeriesField, Options as TimeSeries } from '@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/types.gen';

export interface DashboardFile extends Whole {}
export interface FieldDefaults extends Field {}

export interface BargaugeOptions extends BarGauge {}
export interface GaugeOptions extends Gauge {}
export interface HeatmapOptions extends Heatmap {}
export interface StatOptions extends Stat {}
export interface TableOptions extends Table {}
export interface TextOptions extends Text {}
export interface TimeseriesOptions extends TimeSeries {}

export interface HeatmapCustom extends HeatmapField {}
export interface TableCustom extends TableField {}
export interface TimeseriesCustom extends TimeSeriesField {}

/** A query of Prometheus, as its data source for Grafana takes it; the package has no type of it. */
export interface Target {
  refId: string;
  datasource: { type: 'prometheus'; uid: string };
  editorMode: 'code' | 'builder';
  expr: string;
  legendFormat: string;
  format?: 'time_series' | 'table' | 'heatmap';
  instant: boolean;
  range: boolean;
  exemplar?: boolean;
  hide?: boolean;
}

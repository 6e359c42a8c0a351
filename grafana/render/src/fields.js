import {
  FieldConfigOptionsRegistry,
  applyFieldOverrides,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import { dashboard, interpolate } from './plan.js';
import { theme } from './theme.js';

const STANDARD = [
  'unit', 'min', 'max', 'fieldMinMax', 'decimals', 'displayName', 'noValue', 'thresholds', 'mappings', 'links', 'color',
];

/** Grafana's panels register what a field may be set to; here it is what the dashboard sets. */
const registry = new FieldConfigOptionsRegistry();
STANDARD.forEach((id) => registry.register(option(id, id, false)));
customKeys().forEach((key) => registry.register(option(`custom.${key}`, key, true)));
standardFieldConfigEditorRegistry.setInit(() => STANDARD.map((id) => option(id, id, false)));
standardTransformersRegistry.setInit(() =>
  [...new Map(Object.values(standardTransformers).map((one) => [one.id, transformer(one)])).values()],
);

/** Some are exported under two names. */
function transformer(one) {
  return { id: one.id, name: one.name, transformation: async () => one };
}

function option(id, path, isCustom) {
  return {
    id,
    path,
    isCustom,
    name: id,
    settings: {},
    process: (value) => value,
    shouldApply: () => true,
    override: () => null,
    editor: () => null,
  };
}

function customKeys() {
  const keys = new Set();
  for (const panel of dashboard.panels.flatMap((one) => [one, ...(one.panels ?? [])])) {
    Object.keys(panel.fieldConfig?.defaults?.custom ?? {}).forEach((key) => keys.add(key));
    for (const { id } of (panel.fieldConfig?.overrides ?? []).flatMap((rule) => rule.properties)) {
      if (id.startsWith('custom.')) keys.add(id.slice('custom.'.length));
    }
  }
  return keys;
}

/** Frames with a panel's transformations done and its units, thresholds, colours and overrides on each field. */
export async function dressed(panel, frames) {
  const transformed = await lastValueFrom(transformDataFrame(panel.transformations ?? [], frames));
  return applyFieldOverrides({
    data: transformed,
    fieldConfig: config(panel),
    fieldConfigRegistry: registry,
    replaceVariables: interpolate,
    theme,
    timeZone: 'utc',
  });
}

/** As Grafana does where a dashboard is silent: lines take colours in turn, values that of their threshold. */
function config(panel) {
  const color = { mode: panel.type === 'timeseries' ? 'palette-classic' : 'thresholds' };
  const thresholds = { mode: 'absolute', steps: [{ value: -Infinity, color: 'green' }] };
  const { defaults = {}, overrides = [] } = panel.fieldConfig ?? {};
  return { defaults: { color, thresholds, ...defaults }, overrides };
}

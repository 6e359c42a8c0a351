import { VizOrientation, getFieldDisplayValues } from '@grafana/data';
import { VizRepeater } from '@grafana/ui';
import { interpolate } from '../plan.js';
import { theme } from '../theme.js';

/** A panel's series reduced to values, each drawn by `one` in an equal part of the panel. */
export function Values({ panel, frames, width, height, autoGrid, alignment, one }) {
  const values = getFieldDisplayValues({
    fieldConfig: panel.fieldConfig,
    reduceOptions: panel.options?.reduceOptions ?? { values: false, calcs: ['lastNotNull'] },
    replaceVariables: interpolate,
    theme,
    data: frames,
    sparkline: panel.options?.graphMode !== 'none',
    timeZone: 'utc',
  });
  return (
    <VizRepeater
      source={frames}
      getValues={() => values}
      getAlignmentFactors={alignment}
      renderValue={(drawn) => one(drawn, values.length)}
      orientation={panel.options?.orientation ?? VizOrientation.Auto}
      autoGrid={autoGrid}
      itemSpacing={8}
      renderCounter={0}
      width={width}
      height={height}
    />
  );
}

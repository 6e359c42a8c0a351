import { getDisplayValueAlignmentFactors } from '@grafana/data';
import { BarGauge } from '@grafana/ui';
import { theme } from '../theme.js';
import { Values } from './values.jsx';

export function BarGaugePanel(props) {
  const options = props.panel.options ?? {};
  const one = ({ value, width, height, orientation, alignmentFactors }) => (
    <BarGauge
      value={value.display}
      field={value.field}
      display={value.view?.getFieldDisplayProcessor(value.colIndex)}
      width={width}
      height={height}
      orientation={orientation}
      alignmentFactors={alignmentFactors}
      displayMode={options.displayMode ?? 'gradient'}
      showUnfilled={options.showUnfilled ?? true}
      valueDisplayMode={options.valueMode}
      namePlacement={options.namePlacement}
      itemSpacing={8}
      lcdCellWidth={12}
      text={options.text ?? {}}
      theme={theme}
    />
  );
  return <Values {...props} alignment={getDisplayValueAlignmentFactors} one={one} />;
}

import { BigValue } from '@grafana/ui';
import { theme } from '../theme.js';
import { Values } from './values.jsx';

export function StatPanel(props) {
  const { colorMode = 'value', graphMode = 'area', justifyMode = 'auto', textMode = 'auto', wideLayout } =
    props.panel.options ?? {};
  const one = ({ value, width, height }, count) => (
    <BigValue
      value={value.display}
      sparkline={value.sparkline}
      count={count}
      width={width}
      height={height}
      colorMode={colorMode}
      graphMode={graphMode}
      justifyMode={justifyMode}
      textMode={textMode}
      wideLayout={wideLayout}
      theme={theme}
    />
  );
  return <Values {...props} autoGrid one={one} />;
}

import { formattedValueToString, getFieldDisplayName } from '@grafana/data';
import { theme } from '../theme.js';

const CELL = { padding: '4px 8px', textAlign: 'left', borderBottom: `1px solid ${theme.colors.border.weak}` };

/** The first frame's rows as they come; Grafana's own table does not draw outside of Grafana. */
export function TablePanel({ frames, width, height }) {
  const fields = (frames[0]?.fields ?? []).filter((field) => !field.config.custom?.hidden);
  return (
    <div style={{ width, height, overflow: 'hidden' }}>
      <table style={{ width: '100%' }}>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field.name} style={{ ...CELL, color: theme.colors.primary.text }}>
                {getFieldDisplayName(field, frames[0], frames)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{[...Array(frames[0]?.length ?? 0).keys()].map((row) => <Row key={row} fields={fields} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ fields, row }) {
  return (
    <tr>
      {fields.map((field) => (
        <td key={field.name} style={CELL}>
          {formattedValueToString(field.display(field.values[row]))}
        </td>
      ))}
    </tr>
  );
}

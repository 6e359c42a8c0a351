/** Grafana's grid: 24 columns, rows of 30 pixels, 8 between. */
const COLUMNS = 24;
const ROW = 30;
const GAP = 8;

/** Every panel with its place in cells; what a collapsed row holds is unfolded below it. */
export function placed(dashboard) {
  const all = [];
  let shift = 0;
  for (const panel of [...dashboard.panels].sort(byPlace)) {
    const y = panel.gridPos.y + shift;
    all.push({ panel, ...panel.gridPos, y });
    const folded = panel.panels ?? [];
    if (folded.length > 0) {
      const top = Math.min(...folded.map(({ gridPos }) => gridPos.y));
      const bottom = Math.max(...folded.map(({ gridPos }) => gridPos.y + gridPos.h));
      folded.forEach((one) => all.push({ panel: one, ...one.gridPos, y: y + 1 + one.gridPos.y - top }));
      shift += bottom - top;
    }
  }
  return all;
}

function byPlace(a, b) {
  return a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x;
}

export function pixels({ x, y, w, h }, width) {
  const column = (width - GAP * (COLUMNS + 1)) / COLUMNS;
  return {
    left: GAP + x * (column + GAP),
    top: GAP + y * (ROW + GAP),
    width: w * column + (w - 1) * GAP,
    height: h * ROW + (h - 1) * GAP,
  };
}

export function height(places) {
  return GAP + Math.max(...places.map(({ y, h }) => y + h)) * (ROW + GAP);
}

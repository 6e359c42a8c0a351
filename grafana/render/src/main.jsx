import { createRoot } from 'react-dom/client';
import 'uplot/dist/uPlot.min.css';
import { Dashboard } from './Dashboard.jsx';
import { dressed } from './fields.js';
import { placed } from './layout.js';
import { panelTypes } from './panels/index.js';
import { dashboard } from './plan.js';
import { problem, problems } from './problems.js';
import { query } from './queries.js';

async function filled(place) {
  const { panel } = place;
  if (panel.type === 'row') return place;
  if (!panelTypes[panel.type]) problem(panel.title, `panels of type ${panel.type} cannot be drawn`);
  if (panel.repeat) problem(panel.title, 'repeated panels cannot be drawn');
  return { ...place, frames: await dressed(panel, await query(panel)) };
}

function paints(count) {
  return new Promise((painted) => {
    const next = (left) => (left === 0 ? painted() : requestAnimationFrame(() => next(left - 1)));
    next(count);
  });
}

async function draw() {
  const places = await Promise.all(placed(dashboard).map(filled));
  createRoot(document.getElementById('root')).render(<Dashboard places={places} width={window.innerWidth} />);
  // Components measure themselves and draw anew a few times; fonts come between.
  await document.fonts.ready;
  await paints(30);
}

draw()
  .catch((failure) => problem('script', failure.stack))
  .finally(() => (window.drawn = { problems: problems() }));

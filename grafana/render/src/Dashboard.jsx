import { EventBusSrv, ThemeContext } from '@grafana/data';
import { GlobalStyles, PanelChrome, PanelContextProvider } from '@grafana/ui';
import { Component } from 'react';
import { height, pixels } from './layout.js';
import { panelTypes } from './panels/index.js';
import { interpolate } from './plan.js';
import { problem } from './problems.js';
import { theme } from './theme.js';

const context = { eventBus: new EventBusSrv(), app: 'dashboard', sync: () => 0 };

/** One panel's fault is told and leaves the others standing. */
class Guard extends Component {
  state = { failure: null };

  static getDerivedStateFromError(failure) {
    return { failure };
  }

  componentDidCatch(failure) {
    problem(this.props.title, String(failure.stack ?? failure));
  }

  render() {
    return this.state.failure ? <pre>{String(this.state.failure)}</pre> : this.props.children;
  }
}

export function Dashboard({ places, width }) {
  const canvas = { position: 'relative', width, height: height(places), background: theme.colors.background.canvas };
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <PanelContextProvider value={context}>
        <div id="dashboard" style={canvas}>
          {places.map((place) => (
            <Place key={place.panel.id} place={place} box={pixels(place, width)} />
          ))}
        </div>
      </PanelContextProvider>
    </ThemeContext.Provider>
  );
}

function Place({ place: { panel, frames }, box }) {
  return (
    <div style={{ position: 'absolute', ...box }}>
      <Guard title={panel.title}>
        {panel.type === 'row' ? <Row title={panel.title} /> : <Panel panel={panel} frames={frames} box={box} />}
      </Guard>
    </div>
  );
}

function Row({ title }) {
  return <div style={{ padding: '4px 8px', ...theme.typography.h5, color: theme.colors.text.primary }}>{title}</div>;
}

function Panel({ panel, frames, box }) {
  const Content = panelTypes[panel.type];
  return (
    <PanelChrome
      title={interpolate(panel.title ?? '')}
      description={panel.description}
      displayMode={panel.transparent ? 'transparent' : 'default'}
      width={box.width}
      height={box.height}
    >
      {(width, height) =>
        panel.targets?.length && frames.length === 0 ? (
          <Empty />
        ) : (
          <Content panel={panel} frames={frames} width={width} height={height} />
        )
      }
    </PanelChrome>
  );
}

function Empty() {
  return <div style={{ padding: 8, textAlign: 'center', color: theme.colors.text.secondary }}>No data</div>;
}

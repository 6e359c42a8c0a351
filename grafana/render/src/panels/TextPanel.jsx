import { renderTextPanelMarkdown } from '@grafana/data';
import { interpolate } from '../plan.js';

export function TextPanel({ panel }) {
  const markdown = renderTextPanelMarkdown(interpolate(panel.options?.content ?? ''));
  return <div className="markdown-html" style={{ padding: 8 }} dangerouslySetInnerHTML={{ __html: markdown }} />;
}

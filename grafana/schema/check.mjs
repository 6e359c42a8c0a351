// node check.mjs DASHBOARD.json…: a line for each thing that Grafana's types do not have or have otherwise; then exit 1.
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const schema = createGenerator({
  path: fileURLToPath(new URL('types.ts', import.meta.url)),
  type: '*',
  expose: 'export',
  // The package's own sources are not for us to check.
  skipTypeCheck: true,
  // What a type does not name is a fault.
  additionalProperties: false,
}).createSchema('*');
const ajv = new Ajv({ strict: false, allErrors: true });
const compiled = new Map();

/** Faults of a value as a type of types.ts; of a part, what it lacks is no fault. */
function faults(type, value, { part = false } = {}) {
  if (!schema.definitions[type]) return [`no type ${type}`];
  if (!compiled.has(type)) compiled.set(type, ajv.compile({ ...schema, $ref: `#/definitions/${type}` }));
  const validate = compiled.get(type);
  if (validate(value)) return [];
  return validate.errors
    .filter(({ keyword, instancePath }) => !(part && keyword === 'required' && instancePath === ''))
    .map(({ instancePath, message, params }) => `${type}${instancePath} ${message} ${JSON.stringify(params)}`);
}

function typeOf(panel, suffix) {
  return panel.type[0].toUpperCase() + panel.type.slice(1) + suffix;
}

function panelFaults(panel) {
  if (panel.type === 'row') return faults('RowPanel', panel);
  return [
    ...faults('Panel', panel),
    ...faults(typeOf(panel, 'Options'), panel.options),
    ...customFaults(panel, panel.fieldConfig.defaults.custom),
    ...panel.fieldConfig.overrides.flatMap(({ properties }) => properties.flatMap((one) => overrideFaults(panel, one))),
    ...(panel.targets ?? []).flatMap((target) => faults('Target', target)),
  ];
}

/** Only some types of panels have fields of their own. */
function customFaults(panel, custom, options) {
  const type = typeOf(panel, 'Custom');
  if (custom === undefined) return [];
  return schema.definitions[type] ? faults(type, custom, options) : [`${panel.type} has no custom fields`];
}

function overrideFaults(panel, { id, value }) {
  return id.startsWith('custom.')
    ? customFaults(panel, { [id.slice('custom.'.length)]: value }, { part: true })
    : faults('FieldDefaults', { [id]: value }, { part: true });
}

function dashboardFaults(file) {
  const { panels, ...head } = JSON.parse(readFileSync(file, 'utf8'));
  return [
    ...faults('DashboardFile', { ...head, panels: [] }),
    ...panels.flatMap((panel) => panelFaults(panel).map((fault) => `${panel.title}: ${fault}`)),
  ].map((fault) => `${file}: ${fault}`);
}

const found = process.argv.slice(2).flatMap(dashboardFaults);
found.forEach((fault) => console.log(fault));
process.exitCode = found.length === 0 ? 0 : 1;

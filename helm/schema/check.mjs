// Whether objects, which standard input has as a JSON array, are of the types that Kubernetes and its extensions say, and
// have what these ask for. A line a fault.
import { readFileSync } from 'node:fs';

const EXTENSIONS = {
  'cert-manager.io': '@kubernetes-models/cert-manager',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

function moduleOf({ apiVersion, kind }) {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${EXTENSIONS[group] ?? 'kubernetes-models'}/${apiVersion}/${kind}`;
}

async function fault(object) {
  try {
    const models = await import(moduleOf(object));
    new models[object.kind](object).validate();
    return undefined;
  } catch (failure) {
    return `${object.kind} ${object.metadata?.name}: ${failure.message}`;
  }
}

const faults = (await Promise.all(JSON.parse(readFileSync(0, 'utf8')).map(fault))).filter(Boolean);
faults.forEach((line) => console.log(line));
process.exitCode = faults.length === 0 ? 0 : 1;

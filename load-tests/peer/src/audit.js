import { randomUUID } from 'node:crypto';

const SOURCE = 'unlock-service';

/** A record of the audit log: a CloudEvent. */
export function auditRecord(type, at, { door, ...data }) {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: SOURCE,
    type: `vestibule.unlock.${type}`,
    subject: door,
    time: new Date(at).toISOString(),
    receivedat: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}

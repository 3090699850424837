import { CONFIG_FILE } from '../config/read-config';
import { Card } from './card';

export function Reading() {
  return <Card title="Web viewer" lead={`Reading ${CONFIG_FILE}.`} />;
}

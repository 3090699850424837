import { CONFIG_FILE } from '../config/read-config';
import { Card } from './card';
import { Problems } from './problems';

export function Misconfigured({ problems }: { readonly problems: readonly string[] }) {
  return (
    <Card
      title={`${CONFIG_FILE} needs mending`}
      lead="Mend the file beside this page, and load the page again."
    >
      <Problems sentences={problems} />
      <button type="button" onClick={() => location.reload()}>
        Load again
      </button>
    </Card>
  );
}

// Puts the messages' schema beside the built library.
import { copyFileSync } from 'node:fs';

copyFileSync(
  '../runtime-image/protocol/src/main/resources/META-INF/vitrine/messages.schema.json',
  'dist/messages.schema.json',
);

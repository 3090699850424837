// Writes the types of the messages, src/lib/generated/messages.ts, from the protocol's schema.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const SCHEMA = '../runtime-image/protocol/src/main/resources/META-INF/vitrine/messages.schema.json';
const TYPES = 'src/lib/generated/messages.ts';

const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
const source = Object.entries(schema.$defs).map(declaration).join('\n\n');
mkdirSync('src/lib/generated', { recursive: true });
const options = { ...(await resolveConfig(TYPES)), parser: 'typescript' };
const types = await format(`// By tools/messages.mjs, from ${SCHEMA}\n\n${source}`, options);
// As it was it keeps its time: nothing is built anew.
if (!existsSync(TYPES) || readFileSync(TYPES, 'utf8') !== types) {
  writeFileSync(TYPES, types);
}

function declaration([name, type]) {
  const kind = type.properties ? `interface ${name}` : `type ${name} =`;
  // Applications add messages of their own to these, which are no values that anybody has.
  const modifier = name === 'ToApp' || name === 'FromApp' ? '' : 'readonly ';
  return `${comment(type)}export ${kind} ${typeOf(type, modifier)}`;
}

function typeOf(type, modifier = 'readonly ') {
  if (type.$ref) return type.$ref.replace('#/$defs/', '');
  if ('const' in type) return JSON.stringify(type.const);
  if (type.enum) return type.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (type.oneOf) return type.oneOf.map((each) => typeOf(each)).join(' | ');
  switch (type.type) {
    case undefined:
      return 'unknown';
    case 'object':
      return type.properties ? members(type, modifier) : 'Readonly<Record<string, never>>';
    case 'array': {
      const item = typeOf(type.items);
      return type.minItems === type.maxItems && type.minItems
        ? `readonly [${Array(type.minItems).fill(item).join(', ')}]`
        : `readonly (${item})[]`;
    }
    case 'integer':
      return 'number';
    default:
      return type.type;
  }
}

function members({ properties, required = [] }, modifier) {
  const open = modifier === '';
  const lines = Object.entries(properties).map(([name, type]) => {
    const optional = open || required.includes(name) ? '' : '?';
    return `${comment(type)}${modifier}${JSON.stringify(name)}${optional}: ${typeOf(type)};`;
  });
  return `{\n${lines.join('\n')}\n}`;
}

function comment({ description }) {
  return description ? `/** ${description} */\n` : '';
}

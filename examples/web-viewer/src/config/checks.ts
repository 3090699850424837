/** Gives a sentence for each thing that is wrong with a value; `name` is how the file calls it. */
export type Check = (value: unknown, name: string) => string[];

export interface Field {
  readonly check: Check;
  readonly required: boolean;
}

export const required = (check: Check): Field => ({ check, required: true });
export const optional = (check: Check): Field => ({ check, required: false });

/** An object with these fields and no others. */
export function object(fields: Readonly<Record<string, Field>>): Check {
  return (value, name) => {
    if (!isObject(value)) return [wrong(name, 'an object { … }', value)];
    const unknown = Object.keys(value)
      .filter((key) => !Object.hasOwn(fields, key))
      .map((key) => unknownField(join(name, key), Object.keys(fields)));
    const known = Object.entries(fields).flatMap(([key, field]) => {
      if (value[key] !== undefined) return field.check(value[key], join(name, key));
      return field.required ? [`"${join(name, key)}" is missing.`] : [];
    });
    return [...unknown, ...known];
  };
}

export function list(check: Check): Check {
  return (value, name) =>
    Array.isArray(value)
      ? value.flatMap((item, i) => check(item, `${name}[${i}]`))
      : [wrong(name, 'a list [ … ]', value)];
}

export function nullable(check: Check): Check {
  return (value, name) => (value === null ? [] : check(value, name));
}

export function oneOf(...words: string[]): Check {
  const choice = words.map((word) => `"${word}"`).join(', ');
  return that((value) => words.includes(value as string), `one of ${choice}`);
}

export const anyObject = that(isObject, 'an object { … }');
export const text = that((value) => typeof value === 'string', 'text');
export const words = that(
  (value) => isText(value) && value.trim() !== '',
  'text that is not empty',
);
export const textOrNumber = that((value) => ['string', 'number'].includes(typeof value), 'text');
export const port = that(
  (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535,
  'a whole number from 1 to 65535',
);
export const host = that(
  (value) => isText(value) && URL.canParse(`http://${value}`) && isHostAlone(value),
  'the name or address of a host alone, such as 127.0.0.1, without http:// and without a port',
);
export const address = that(
  (value) => isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'an address that begins with http:// or https://',
);

function that(holds: (value: unknown) => boolean, expected: string): Check {
  return (value, name) => (holds(value) ? [] : [wrong(name, expected, value)]);
}

function isHostAlone(value: string): boolean {
  return new URL(`http://${value}`).hostname === value.toLowerCase();
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(name: string, key: string): string {
  return name === '' ? key : `${name}.${key}`;
}

function unknownField(name: string, known: string[]): string {
  return `"${name}" is no field that this front end knows. Take it out, or use one of: ${known.join(', ')}.`;
}

function wrong(name: string, expected: string, value: unknown): string {
  const said = JSON.stringify(value);
  const brief = said.length > 80 ? `${said.slice(0, 80)}…` : said;
  return `${name === '' ? 'The file' : `"${name}"`} must be ${expected}, and not ${brief}.`;
}

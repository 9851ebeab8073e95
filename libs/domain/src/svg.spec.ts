import { isPlainSvg } from './svg';

const svg = (inside: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"${attributes}>${inside}</svg>`;

test.each([
  svg('<path d="M0 0h24v24H0z" fill="#3c46ad"/>'),
  `<?xml version="1.0" encoding="UTF-8"?>\n${svg('<title>قطب فاس</title><g><circle cx="1" cy="2" r="3"/></g>')}`,
  svg(
    '<defs><linearGradient id="a"><stop offset="0%" stop-color="red"/></linearGradient></defs><rect fill="url(#a)"/>',
  ),
])('lines and colours: %s', (text) => {
  expect(isPlainSvg(text)).toBe(true);
});

test.each([
  '',
  'x',
  '<svg>',
  '<svg></svg>',
  svg('<script>alert(1)</script>'),
  svg('<SCRIPT/>'),
  svg('', ' onload="alert(1)"'),
  svg('<path d="M0 0" onclick="x"/>'),
  svg('<a href="http://x"><path d="M0"/></a>'),
  svg('<image href="http://x/y.png"/>'),
  svg('<use href="#a"/>'),
  svg('<style>*{}</style>'),
  svg('<rect style="fill:red"/>'),
  svg('<rect fill="url(http://x/a.svg#b)"/>'),
  svg('<rect fill="url( javascript:alert(1) )"/>'),
  svg('<foreignObject/>'),
  svg('<animate attributeName="href" values="javascript:x"/>'),
  svg('<!-- c -->'),
  svg('<![CDATA[x]]>'),
  svg('&#x3c;script'),
  svg('<title>&lt;</title>'),
  `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`,
  `<?xml-stylesheet href="http://x"?>${svg('')}`,
  `${svg('')}<script/>`,
  `${svg('')}${svg('')}`,
  svg('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  svg('<g></path>'),
  svg('<rect fill="a" fill="b"/>'),
  svg('text'),
  '<svg xmlns="http://www.w3.org/1999/xhtml"></svg>',
])('anything else: %s', (text) => {
  expect(isPlainSvg(text)).toBe(false);
});

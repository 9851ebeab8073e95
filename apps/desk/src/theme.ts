import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Ten steps around the brand blue; the seventh is the button, the eighth its hover. */
const brand: MantineColorsTuple = [
  '#eef0fb',
  '#dfe2f7',
  '#c9cef0',
  '#98a2e2',
  '#6f7ad3',
  '#545fc2',
  '#3c46ad',
  '#333c98',
  '#2f378c',
  '#1f2350',
];

/** Mantine wears the tokens: what it draws itself looks like what the style sheets of the desk draw. */
export const theme = createTheme({
  colors: { brand },
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 5 },
  fontFamily: 'var(--font-desk)',
  fontSizes: { xs: 'var(--t12)', sm: 'var(--t13)', md: 'var(--t14)', lg: 'var(--t16)', xl: 'var(--t20)' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { color: 'var(--scrim-solid)', backgroundOpacity: 0.45 },
        transitionProps: { duration: 0 },
      },
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, position: 'bottom-end', shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 500 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { transitionProps: { duration: 0 } } } },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--late-text)',
  '--mantine-color-brand-light': 'var(--brand-soft)',
  '--mantine-color-brand-light-hover': 'var(--brand-soft)',
  '--mantine-color-brand-light-color': 'var(--link)',
};

export const themeVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': 'var(--lh)' },
  light: shared,
  dark: shared,
});

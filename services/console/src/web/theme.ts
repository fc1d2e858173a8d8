import { type ThemeConfig, theme } from 'antd'

/** The components in the colours and sizes of `base.css`: dark, large, without motion. */
export const deskTheme: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    colorBgBase: '#0a0d12',
    colorBgContainer: '#161c26',
    colorBgElevated: '#1d2530',
    colorTextBase: '#f4f7fb',
    colorPrimary: '#2f7bf6',
    colorError: '#ff5a5f',
    colorBorder: '#4a586b',
    colorTextPlaceholder: '#93a1b5',
    borderRadius: 4,
    fontSize: 17,
    controlHeight: 46,
    motion: false,
    fontFamily: 'inherit',
  },
}

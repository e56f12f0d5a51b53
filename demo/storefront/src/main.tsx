import { render } from 'preact';

import { Shop } from './shop.tsx';
import './styles/base.css';
import './styles/controls.css';
import './styles/header.css';
import './styles/home.css';
import './styles/results.css';
import './styles/why.css';
import './styles/drawer.css';

const root = document.getElementById('shop');
if (root) render(<Shop />, root);

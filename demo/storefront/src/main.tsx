import { render } from 'preact';

import { Shop } from './shop.tsx';
import { CatalogueContext, fetchCatalogue } from './shop/catalogue.ts';
import './styles/base.css';
import './styles/controls.css';
import './styles/header.css';
import './styles/home.css';
import './styles/results.css';
import './styles/why.css';
import './styles/drawer.css';

const root = document.getElementById('shop');
const catalogue = await fetchCatalogue();
if (root)
  render(
    <CatalogueContext.Provider value={catalogue}>
      <Shop />
    </CatalogueContext.Provider>,
    root,
  );

"""`python -m layers.translations` writes the catalogues anew, keeping what is translated."""

from layers.data.folders import ROOT
from layers.translations.updating import update

if __name__ == "__main__":
    for path in update():
        print(path.relative_to(ROOT))

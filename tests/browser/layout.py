"""What a page's layout must never do: scroll sideways, run out of the window, cut its words off."""

from playwright.sync_api import Page

# What stands outside the window to the left or right, unless it lies in a part that scrolls by itself.
_OUTSIDE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const scrolls = element => {
        for (let one = element.parentElement; one !== null && one !== main; one = one.parentElement) {
            if (['auto', 'scroll'].includes(getComputedStyle(one).overflowX)) return true;
        }
        return false;
    };
    const found = [];
    for (const element of main.querySelectorAll('*')) {
        // Shapes of a map lie outside its frame by design; the frame itself is looked at.
        if (element instanceof SVGElement && !(element instanceof SVGSVGElement)) continue;
        if (element.closest('canvas') !== null && element.tagName !== 'CANVAS') continue;
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(element)) {
            found.push(`${element.tagName.toLowerCase()}.${element.className}`.slice(0, 120)
                + ` ${Math.round(box.left)}–${Math.round(box.right)}: ${element.textContent.slice(0, 60)}`);
        }
    }
    return found;
}"""

_SIDEWAYS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const root = document.documentElement;
    return Math.max(root.scrollWidth - root.clientWidth, main.scrollWidth - main.clientWidth);
}"""

# Text in a box that hides what does not fit. Boxes of one pixel hold words for screen readers alone.
_CUT = """selector => {
    const found = [];
    for (const element of document.querySelectorAll(selector)) {
        for (const one of [element, ...element.querySelectorAll('*')]) {
            if (one instanceof SVGElement || one.clientWidth < 4 || one.innerText?.trim() === '') continue;
            const style = getComputedStyle(one);
            const hides = style.overflowX !== 'visible' || style.overflowY !== 'visible';
            const fits = one.scrollWidth <= one.clientWidth + 1 && one.scrollHeight <= one.clientHeight + 2;
            const inside = one.getBoundingClientRect().right <= element.getBoundingClientRect().right + 1;
            if ((hides && !fits) || !inside) found.push(one.innerText.slice(0, 80));
        }
    }
    return found;
}"""


def outside_the_window(page: Page) -> list[str]:
    return page.evaluate(_OUTSIDE)


def sideways_scroll(page: Page) -> int:
    return page.evaluate(_SIDEWAYS)


def cut_texts(page: Page, selector: str) -> list[str]:
    return page.evaluate(_CUT, selector)

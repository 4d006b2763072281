// What jsdom lacks of a window, before each test file: it lays nothing out, so nothing can be scrolled to.
Element.prototype.scrollIntoView = () => {};

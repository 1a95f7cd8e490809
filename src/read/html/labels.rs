//! Ids, classes and roles by which parts of a page say what they are.

/// Ids and classes of what leads elsewhere or belongs to the site: never content.
#[rustfmt::skip]
pub const CLUTTER: &[&str] = &[
    "anchor-link", "anchorjs-link", "article-votes", "back-to-top", "breadcrumb", "breadcrumbs", "edit-link",
    "edit-page-link", "editsection", "feedback-widget", "footnote-backref", "hash-link", "header-anchor",
    "heading-anchor", "headerlink", "jump-to-nav", "line-numbers", "lineno", "linenos", "local-toc", "main-nav",
    "md-nav", "mw-editsection", "mw-jump-link", "nav", "navbar", "navfooter", "navheader", "navigation", "page-nav",
    "page-toc", "pager", "pagination", "permalink", "post-navigation", "prev-next", "printfooter",
    "rst-footer-buttons", "rst-versions", "screen-reader-text", "skip-link", "skip-to-content", "skiplink",
    "sphinxsidebar", "sr-only", "table-of-contents", "tableofcontents", "toc", "toctree-wrapper", "top-nav",
    "topnav", "visually-hidden", "was-this-helpful", "wy-nav-side", "wy-nav-top",
];

/// Beginnings of such ids and classes.
#[rustfmt::skip]
pub const CLUTTER_BEGINNINGS: &[&str] = &[
    "breadcrumb-", "gdpr-", "consent-", "cc-banner", "navbar-",
];

/// What such ids and classes of a notice of cookies have behind `cookie`; a section may be about cookies.
#[rustfmt::skip]
pub const COOKIE_ENDS: &[&str] = &[
    "banner", "bar", "consent", "dialog", "law", "message", "modal", "notice", "overlay", "popup", "settings",
];

/// Ids and classes of what is hardly ever content, unless most of the page is in it.
#[rustfmt::skip]
pub const ASIDES: &[&str] = &[
    "ad", "ads", "advertisement", "banner", "comment-form", "footer", "left-sidebar", "masthead", "menu",
    "newsletter", "page-footer", "related", "related-articles", "related-posts", "right-sidebar", "share",
    "share-buttons", "side-bar", "sidebar", "site-footer", "site-header", "site-nav", "social", "social-share",
    "subscribe", "topbar",
];

/// Roles of what is hardly ever content.
#[rustfmt::skip]
pub const ASIDE_ROLES: &[&str] = &[
    "alertdialog", "banner", "complementary", "contentinfo", "dialog", "doc-toc", "menu", "menubar", "navigation",
    "search", "toolbar",
];

/// Classes of an `<aside>` that is a part of the text.
#[rustfmt::skip]
pub const NOTES: &[&str] = &[
    "admonition", "alert", "attention", "callout", "caution", "danger", "footnote", "hint", "important", "info",
    "note", "tip", "topic", "warning",
];

/// Ids and classes of the main part.
#[rustfmt::skip]
pub const MAIN: &[&str] = &[
    "article-body", "article-content", "article__body", "articlebody", "bodywrapper", "content", "content-body",
    "doc-content", "docs-content", "document", "documentwrapper", "entry-content", "faq-content", "main",
    "main-content", "maincontent", "markdown-body", "mw-content-text", "page-content", "post-body", "post-content",
    "rst-content", "section-body", "site-content", "wiki-content",
];

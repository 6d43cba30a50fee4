import Findings
@testable import Rendering
import Templates
import Testing

/// A partnership's own template and style can neither fetch nor run anything, whatever it is dressed as.
@Suite struct PageSafetyTests {
    @Test(
        "What runs, fetches or leaves the page is refused",
        arguments: [
            "<script>alert(1)</script>", "<SCRIPT src=a.js></SCRIPT>", "<scr{{#draft}}{{/draft}}ipt>x</script>",
            "<img src=x onerror=alert(1)>", "<p onclick='a()'>x</p>", "<img src=https://example.org/a.png>",
            "<img src=\"//example.org/a.png\">", "<img srcset=\"https://example.org/a.png 2x\" src=\"{{{logo}}}\">",
            "<img src=\"java&#115;cript:a()\">", "<a href=\"java&#x0A;script:a()\">x</a>",
            "<a href=' javascript:a()'>x</a>",
            "<a href=\"data:text/html,<script>a()</script>\">x</a>", "<a ping=https://example.org href=#a>x</a>",
            "<iframe srcdoc='x'></iframe>", "<object data=a></object>", "<embed src=a>",
            "<base href=https://example.org>",
            "<link rel=stylesheet href=a.css>", "<meta http-equiv=refresh content='0;url=https://example.org'>",
            "<meta name=a content='0; URL = https://example.org'>", "<form action=https://example.org><input></form>",
            "<video src=a></video>", "<svg><image href=https://example.org/a.png /></svg>",
            "<svg><use href=a#b /></svg>",
            "<svg><script>a()</script></svg>", "<svg><foreignObject></foreignObject></svg>", "<svg onload=a()></svg>",
            "<!--><script>a()</script>-->", "<![CDATA[<b>]]>", "<table background=https://example.org/a.png></table>",
            "<p style=\"background:url(https://example.org/a.png)\">x</p>",
            "<p style=\"background:u\\72l(//example.org)\">x</p>",
            "<style>@import 'https://example.org/a.css';</style>",
            "<style>p { background: url/**/(//example.org) }</style>",
            "<style>@im\\70 ort url(a.css);</style>", "<style>p { width: expression(a()) }</style>",
            "<style>p { background: image-set('https://example.org/a.png' 1x) }</style>",
            "<svg><rect fill=\"url(https://example.org/a.svg#b)\"/></svg>", "<math><mi>x</mi></math>",
            "<noscript><img src=a></noscript>", "<template><img src=a></template>", "<marquee>x</marquee>",
        ])
    func refused(_ part: String) {
        let page = "<!DOCTYPE html><html><head><title>T</title></head><body>\(part)</body></html>"
        let found = PageSafety.faults(template: page, file: "templates/statement.html")
        #expect(!found.isEmpty, "\(part)")
        #expect(found.allSatisfy { $0.code == .templateBroken && $0.place?.file == "templates/statement.html" })
    }

    @Test(
        "A style that leaves the page is refused",
        arguments: [
            "@import \"a.css\";", "p { background: URL( 'http://example.org' ) }", "p { b: \\75\\72\\6c(x) }",
            "</style><script>a()</script>", "p { behavior: url(a.htc) }",
            "@font-face { src: url(https://example.org/f) }",
            "p { background: url(data:text/html,x) }", "p { cursor: url(a.cur), auto }",
        ])
    func refusedStyle(_ css: String) {
        #expect(!PageSafety.faults(style: css, file: "templates/style.css").isEmpty, "\(css)")
    }

    @Test("The program's own page, and what a council would write, stay as they are") func kept() {
        #expect(PageSafety.faults(template: EmbeddedFile.statement.text, file: "t").isEmpty)
        let own =
            "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>{{title}}</title></head><body>"
            + "<p class=\"a{{#draft}} draft{{/draft}}\" style=\"color: #123456\">{{partnership}}</p>"
            + "{{#logo}}<img src=\"{{{logo}}}\" alt=\"{{partnership}}\">{{/logo}}"
            + "<a href=\"https://www.example.org/board\">The board</a><a href=\"#top\">Top</a></body></html>"
        #expect(PageSafety.faults(template: own, file: "t") == [])
        #expect(
            PageSafety.faults(
                style: "p { background: url(\"data:image/png;base64,AAAA\") } /* url(x) */ td { color: #fff }",
                file: "s") == [])
    }
}

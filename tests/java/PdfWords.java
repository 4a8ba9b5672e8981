import java.io.File;
import java.io.FileWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** Writes the words of each PDF, as PDFBox reads them, into a file of a folder: 0, 1, …; each page ends in a form feed. */
class PdfWords {
    public static void main(String[] arguments) throws Exception {
        for (int number = 0; number + 1 < arguments.length; number++) {
            try (PDDocument document = Loader.loadPDF(new File(arguments[number + 1]));
                    Writer out = new FileWriter(new File(arguments[0], "" + number), StandardCharsets.UTF_8)) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setPageEnd("\f");
                stripper.writeText(document, out);
            }
        }
    }
}

import java.io.File;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Fills in a PDF: arguments are the file, one for the picture of its first page, dots an inch, fields with texts. */
class PdfFill {
    public static void main(String[] arguments) throws Exception {
        try (PDDocument document = Loader.loadPDF(new File(arguments[0]))) {
            for (int at = 3; at + 1 < arguments.length; at += 2) {
                document.getDocumentCatalog().getAcroForm().getField(arguments[at]).setValue(arguments[at + 1]);
            }
            var page = new PDFRenderer(document).renderImageWithDPI(0, Float.parseFloat(arguments[2]), ImageType.GRAY);
            ImageIO.write(page, "png", new File(arguments[1]));
        }
    }
}

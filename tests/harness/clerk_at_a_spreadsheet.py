"""A clerk at a spreadsheet program: opens a template, types into its cells, saves the file as the program saves it.

Called with the address at which the program listens, the template, a list of what to type, and the file to save. The list is JSON:
[[worksheet, column, row, value], …], columns and rows from 0. Numbers are typed as numbers, words as words. Cells that are locked cannot
be typed into, here as on the screen: that ends it.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def setting(name, value):
    held = PropertyValue()
    held.Name, held.Value = name, value
    return held


def desktop(address):
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(300):
        try:
            there = resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("the spreadsheet program does not answer")


def main():
    address, template, entries, saved = sys.argv[1:]
    program = desktop(address)
    url = uno.systemPathToFileUrl
    book = program.loadComponentFromURL(url(template), "_blank", 0, (setting("Hidden", True),))
    with open(entries, encoding="utf-8") as file:
        for sheet, column, row, value in json.load(file):
            page = book.Sheets.getByName(sheet)
            cell = page.getCellByPosition(column, row)
            if page.isProtected() and cell.CellProtection.IsLocked:
                sys.exit(f"{sheet}: the cell in column {column}, row {row} is locked")
            if isinstance(value, str):
                cell.setString(value)
            else:
                cell.setValue(value)
    book.storeToURL(url(saved), (setting("FilterName", "Calc MS Excel 2007 XML"),))
    book.close(True)
    try:
        program.terminate()
    except Exception:  # The program goes away while it answers.
        pass


main()
